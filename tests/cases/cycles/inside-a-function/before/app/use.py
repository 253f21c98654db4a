LIMIT = 1

def make():
    from app.legacy import Old
    return Old()
