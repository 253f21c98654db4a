from new import make

one = make(1, 2)
two = make(1, 2)
