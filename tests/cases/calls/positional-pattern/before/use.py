from legacy import Factory

one = Factory().build(1, 2)
two = Factory().build(b=2, a=1)
