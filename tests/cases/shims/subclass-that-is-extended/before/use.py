import old


class Mine(old.Old):
    pass
