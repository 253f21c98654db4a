from legacy import Factory

made = Factory.create(ctx = (x))
