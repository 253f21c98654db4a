import nowhere
class New:
    pass
