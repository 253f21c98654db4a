LIMIT = 1


class Base:
    pass
