from new import New

def make():
    from new import New
    return New(), New()
