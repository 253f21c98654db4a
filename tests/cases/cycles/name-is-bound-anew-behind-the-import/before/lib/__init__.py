class Thing:
    pass


import lib.part.old as old

Thing = old.Old
