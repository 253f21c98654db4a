class New:
    pass
class Part:
    pass
class Bolt:
    pass
