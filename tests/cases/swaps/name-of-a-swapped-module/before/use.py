import pkg.old as old
from pkg.old import New

print(New, old.New)
