from .new import New
from . import new

def f(x: New, y: new.New) -> None: ...
