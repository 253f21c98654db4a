class Impl:
    pass


class Service:
    pass
