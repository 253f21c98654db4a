__all__ = ["Old", "KEPT"]
Old = KEPT = 1
