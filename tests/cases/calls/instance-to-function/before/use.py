from legacy import Factory

made = Factory().build(1, b=2)
