from new import make

made = make(1)
