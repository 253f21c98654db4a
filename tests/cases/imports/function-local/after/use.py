def make():
    from old import KEPT
    from new import New

    return New(), KEPT
