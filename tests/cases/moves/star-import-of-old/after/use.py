from pkg.old import *
from pkg.new import Service

print(Service, LIMIT)
