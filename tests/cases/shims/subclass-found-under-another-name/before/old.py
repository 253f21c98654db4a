from inner import Old

__all__ = ["Old"]
