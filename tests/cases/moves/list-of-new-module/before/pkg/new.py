__all__ = ["SIZE"]
SIZE = 3
