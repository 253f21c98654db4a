from new import New

New().dump(1)
