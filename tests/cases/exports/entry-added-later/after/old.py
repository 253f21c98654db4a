KEPT = 1
__all__ = ["KEPT"]
__all__ += ["made"]
__all__.extend(["made"])
made = KEPT
