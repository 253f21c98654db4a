from third import Manager

made = Manager()
