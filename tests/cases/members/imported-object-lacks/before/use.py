from legacy import Manager

made = Manager()
