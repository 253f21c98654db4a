__all__ = ["KEPT"]
KEPT = 1
