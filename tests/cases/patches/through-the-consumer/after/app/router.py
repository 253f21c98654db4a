from app import new

def make():
    return new.New()
