from new import New


class NotFound(New):
    pass
