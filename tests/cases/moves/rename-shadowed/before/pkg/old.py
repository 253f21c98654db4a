class Impl:
    pass
