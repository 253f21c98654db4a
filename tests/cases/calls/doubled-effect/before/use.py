from legacy import Factory

made = Factory.create(f())
