from new import New

def make():
    global New
    return New()
