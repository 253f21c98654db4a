def make():
    if True: from new import New
    return New()
