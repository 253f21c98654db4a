from legacy import Factory

made = Factory().build(x, y.z)
