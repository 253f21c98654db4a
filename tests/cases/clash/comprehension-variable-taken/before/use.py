from old import Old

made = [Old() for New in range(2)]
