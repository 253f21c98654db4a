from app.old import Old

New = 1

def make():
    return Old()
