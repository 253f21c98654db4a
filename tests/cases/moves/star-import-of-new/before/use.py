from pkg.other import Service
from pkg.new import *

print(Service, SIZE)
