from legacy import Manager

made = Manager()
made.create()
