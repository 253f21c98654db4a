from pkg.old import *

LIMIT = 1
