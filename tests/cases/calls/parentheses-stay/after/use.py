from new import make

made = make((1, 2), (x))
