from new import make

made = make(y.z, x)
