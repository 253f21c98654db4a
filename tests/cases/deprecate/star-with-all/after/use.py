from old import *
from new import New

New()
