import sys

if sys.flags.debug:
    class Service: ...
