from new import Make

made = Make(f()).open(2)
