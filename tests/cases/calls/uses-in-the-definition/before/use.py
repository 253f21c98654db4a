from legacy import Factory

made = Factory.create(1)
