from new import make

one = make(1)
two = make(None)
