from app import old

def make():
    return old.Old()
