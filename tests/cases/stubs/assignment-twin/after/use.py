from old import helper
from new import New

New()
