from pkg.old import New
import pkg.old

def f(x: New) -> pkg.old.New: ...
