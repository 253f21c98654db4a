def make():
    from app.old import Old
    return Old()
