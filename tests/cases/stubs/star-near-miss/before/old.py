from new import Manager

def helper():
    pass
