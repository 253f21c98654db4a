__all__ = ["LIMIT", "Service"]
LIMIT = 3


class Service: ...
