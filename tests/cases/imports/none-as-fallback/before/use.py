try:
    from old import Old
except ImportError:
    Old = None

made = Old() if Old is not None else None
