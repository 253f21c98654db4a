from new import make

made = make(make(1))
