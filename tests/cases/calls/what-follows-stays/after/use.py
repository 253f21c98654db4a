from new import make

made = make(1).send("x")[0]
