class New(Exception):
    pass
