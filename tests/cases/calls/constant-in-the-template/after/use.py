from new import make

made = make(f(1), cached=True)
