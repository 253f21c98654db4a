from legacy import Factory

made = Factory(f(), 2)
