class Old:
    pass


from pkg.old import *
