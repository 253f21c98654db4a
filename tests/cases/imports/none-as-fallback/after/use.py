try:
    from new import New
except ImportError:
    New = None

made = New() if New is not None else None
