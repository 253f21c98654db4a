from new import New as Old
KEPT = 1
__all__ = ("Old", "KEPT")
