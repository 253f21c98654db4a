def make():
    from app.old import Old
    return Old()

def other():
    from app.new import New
    return New()
