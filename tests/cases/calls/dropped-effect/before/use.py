from legacy import Factory

made = Factory().build(1, g())
