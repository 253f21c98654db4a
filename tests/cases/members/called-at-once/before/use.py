from legacy import Manager

made = Manager().create()
