import sys
if sys.argv:
    from new import Part
from old import Old

made = Old()
