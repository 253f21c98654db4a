from new import make

made = make(2, key=1)
