try:
    from new import New as Old
except ImportError:
    Old = None

made = Old() if Old is not None else None
