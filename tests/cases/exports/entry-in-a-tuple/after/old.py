KEPT = 1
__all__ = ("KEPT",)
