from legacy import Factory

made = Factory(1, 2)
