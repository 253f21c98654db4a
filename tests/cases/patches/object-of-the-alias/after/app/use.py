def make():
    from app.new import New
    return New()
