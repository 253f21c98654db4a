from app.old import Old

__all__ = ["Old"]
