class Older:
    pass
class New:
    pass

made = Older()
