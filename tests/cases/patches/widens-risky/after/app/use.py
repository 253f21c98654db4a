def make():
    from app.new import New
    return New()

def other():
    from app.new import New
    return New()
