class Alpha:
    pass
