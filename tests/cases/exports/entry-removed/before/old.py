from new import New as Old

__all__ = ["Old", "KEPT"]
KEPT = 1
