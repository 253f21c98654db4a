import pkg
from pkg import Old

print(Old, pkg.Old, pkg.Other)
