from new import make

made = make(key=f(x))
