from pkg.old import *

print(Service, LIMIT)
