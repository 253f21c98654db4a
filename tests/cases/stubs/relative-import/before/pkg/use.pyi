from .old import Old
from . import old

def f(x: Old, y: old.Old) -> None: ...
