class Second:
    pass
