from old import shown
from new import New

print(New("b"), shown())
