import sys

if sys.flags.optimize:
    class Broken(Exception):
        mark = 1
else:
    class Broken(ValueError):
        mark = 2
