from pkg.old import *


class Old:
    pass
