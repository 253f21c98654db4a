from new import New as A, New as B, New as C
KEPT = 1
__all__ = ["KEPT"]
__all__ += ["A", "made"]
__all__.extend(["B", "made"])
__all__.append("C")
made = KEPT
