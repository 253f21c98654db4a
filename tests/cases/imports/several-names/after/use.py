from old import FIRST, LAST
from new import New

made = New(), FIRST, LAST
