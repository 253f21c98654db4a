from pkg.other import *
from pkg.new import New
from pkg.old import Old

print(New)
