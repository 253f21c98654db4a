from legacy import Factory

one = Factory.create(1)
two = Factory.create()
