from legacy import Factory

made = Factory.create(context=1)
