from legacy import Factory

make = 1
made = Factory.create(make)
