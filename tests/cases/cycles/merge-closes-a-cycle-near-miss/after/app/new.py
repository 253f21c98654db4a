class New:
    pass
def use():
    from app.use import made
    return made
