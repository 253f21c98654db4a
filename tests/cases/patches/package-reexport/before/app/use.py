def make():
    from app.api import Old
    return Old()
