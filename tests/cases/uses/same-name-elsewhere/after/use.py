from new import New

class Box:
    Old = 1

def take(Old):
    return Old

made = New(), take(Old=2), Box.Old
