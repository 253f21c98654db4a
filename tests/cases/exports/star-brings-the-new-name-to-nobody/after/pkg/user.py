from pkg.middle import *

LIMIT = 1
