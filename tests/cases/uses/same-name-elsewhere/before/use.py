from old import Old

class Box:
    Old = 1

def take(Old):
    return Old

made = Old(), take(Old=2), Box.Old
