from app import old

def getattr(module, name):
    return name

one = getattr(old, "Old")
