__all__ = ["SIZE", "Service"]
SIZE = 3


class Service: ...
