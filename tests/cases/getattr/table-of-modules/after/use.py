from pkg.old import KEEP
from pkg.new import New

print(New, KEEP)
