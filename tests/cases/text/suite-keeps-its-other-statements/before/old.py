import sys
from new import New

if sys.flags.dev_mode:
    Old = New
    KEPT = 1
