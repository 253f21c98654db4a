def make():
    from app.old import Old
    return Old()

def other():
    from app.older import Older
    return Older()
