class Old:
    x: int
