from app.new import New

def make():
    from app.new import New
    return New()

def other():
    return New()
