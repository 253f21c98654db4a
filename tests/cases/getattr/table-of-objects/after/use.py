from old import Older
from new import New

print(New, Older)
