from new import New as Old

made = [Old() for New in range(2)]
