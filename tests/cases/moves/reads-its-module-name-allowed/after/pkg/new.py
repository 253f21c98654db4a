LIMIT = 3


class Service:
    log = __name__
