import pkg.new as old
from pkg.new import New

print(New, old.New)
