class New:
    pass


from pkg.middle import *

print(New)
