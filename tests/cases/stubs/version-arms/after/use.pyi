import sys

if sys.version_info >= (3, 12):
    from new import New
else:
    from new import New

def f(x: New) -> None: ...
