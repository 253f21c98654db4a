from old import Manager as Manager
