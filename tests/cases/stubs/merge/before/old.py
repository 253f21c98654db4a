class Old:
    x = 1
