from old import Manager

made = Manager()
