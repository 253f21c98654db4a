import sys

if sys.flags.optimize:
    class Json:
        mark = 1
else:
    class Json:
        mark = 2
