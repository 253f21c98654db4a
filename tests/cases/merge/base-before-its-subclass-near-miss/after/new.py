class New:
    pass


class Special(New):
    pass
