from old import Manager
