__all__ = ["LIMIT"]
LIMIT = 1
