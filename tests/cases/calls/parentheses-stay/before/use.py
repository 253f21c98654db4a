from legacy import Factory

made = Factory().build((x), (1, 2))
