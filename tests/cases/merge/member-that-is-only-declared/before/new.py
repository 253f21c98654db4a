class New:
    create: int
