from new import New as Old

__all__ = ["Old"]
