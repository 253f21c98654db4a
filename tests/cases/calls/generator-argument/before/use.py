from legacy import Factory

made = Factory.create(x for x in y)
