class Thing:
    pass


import lib.part.old as old
import app

Thing = app.New
