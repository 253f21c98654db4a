from new import make

made = make(key = (x))
