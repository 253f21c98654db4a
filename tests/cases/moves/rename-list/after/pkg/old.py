__all__ = ["Service"]


class Service:
    pass
