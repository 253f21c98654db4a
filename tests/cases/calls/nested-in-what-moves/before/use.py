from legacy import Factory

made = Factory().build(1, Factory().build(2, 3))
