from old import make
from new import New

print(New, make)
