class Older:
    pass


made = Older()


class New:
    pass
