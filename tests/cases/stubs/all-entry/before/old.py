from new import New as Old

__all__ = ["Old", "helper"]

def helper():
    pass
