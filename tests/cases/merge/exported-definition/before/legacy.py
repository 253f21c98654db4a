__all__ = ["LIMIT", "Manager"]
LIMIT = 1


class Manager:
    pass
