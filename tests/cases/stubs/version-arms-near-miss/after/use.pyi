import sys

if sys.version_info >= (3, 12):
    from new import New as Old
else:
    from other import Old

def f(x: Old) -> None: ...
