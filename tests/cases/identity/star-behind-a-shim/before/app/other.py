class Old:
    pass


def turn():
    global Old
    Old = None
