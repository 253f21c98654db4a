from old import KEEP
from new import New

print(New(), KEEP)
