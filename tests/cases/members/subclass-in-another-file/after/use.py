from new import New


class Mine(New):
    pass
