from legacy import Factory

made = Factory()
