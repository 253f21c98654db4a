class Old:
    pass

def make():
    return Old()
