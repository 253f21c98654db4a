__all__ = ["LIMIT"]
LIMIT = 3
