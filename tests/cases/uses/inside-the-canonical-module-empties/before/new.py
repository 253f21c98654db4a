class New:
    pass

def touch():
    from old import Old
