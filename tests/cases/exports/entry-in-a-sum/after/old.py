KEPT = LAST = 1
__all__ = ["KEPT"] + ["LAST"]
