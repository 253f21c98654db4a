import sys

if sys.flags.optimize:
    from pkg.types import Json
else:
    class Json:
        mark = 3
