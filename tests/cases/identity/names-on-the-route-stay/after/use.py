from ws import Manager

made = Manager()
