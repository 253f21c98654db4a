import sys
if sys.argv:
    from new import Part
from new import New

made = New()
