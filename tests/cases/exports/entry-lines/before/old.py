from new import New as Old
KEPT = LAST = 1
__all__ = [
    "KEPT",
    "Old",  # the old name
    "LAST",
]
