from new import New as Old

__all__ = ["KEPT"]
KEPT = 1
