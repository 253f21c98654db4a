from legacy import Factory

made = Factory().build(f(), g())
