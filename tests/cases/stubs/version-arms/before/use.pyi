import sys

if sys.version_info >= (3, 12):
    from old import Old
else:
    from old import Old

def f(x: Old) -> None: ...
