from new import New as Old

made = globals()["Old"]()
