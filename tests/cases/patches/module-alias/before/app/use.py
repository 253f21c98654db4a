def make():
    from app.old import New
    return New()
