from new import New as A
KEPT = LAST = 1
__all__ = ["KEPT"] + ["A", "LAST"]
