class Old:
    pass
class Older:
    pass
