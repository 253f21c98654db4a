from . import New as Middle

LIMIT = 1
