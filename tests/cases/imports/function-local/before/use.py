def make():
    from old import KEPT, Old

    return Old(), KEPT
