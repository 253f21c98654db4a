from new import New

class Old(New):
    x: int
