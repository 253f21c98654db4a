class New:
    x: int
