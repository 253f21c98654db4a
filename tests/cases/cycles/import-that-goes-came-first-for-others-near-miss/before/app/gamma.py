class Gamma:
    pass
