from app.old import Old


def make():
    return Old()
