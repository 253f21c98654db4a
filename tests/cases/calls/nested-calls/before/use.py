from legacy import Factory

made = Factory.create(Factory.create(1))
