from app.new import New

def make():
    from app.old import Old
    return Old()

def other():
    return New()
