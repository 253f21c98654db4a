from legacy import Factory

made = Factory.create(1, 2)
