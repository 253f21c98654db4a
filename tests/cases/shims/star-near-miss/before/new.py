class New:
    pass
class Part:
    pass
