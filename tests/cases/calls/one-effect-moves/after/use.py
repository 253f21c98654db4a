from new import make

made = make(x, f())
