from pkg.new import New
import pkg.new

def f(x: New) -> pkg.new.New: ...
