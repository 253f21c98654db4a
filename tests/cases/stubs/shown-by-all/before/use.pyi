from old import Old

__all__ = ["Old"]
