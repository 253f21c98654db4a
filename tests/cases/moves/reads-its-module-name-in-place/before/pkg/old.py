class Impl:
    log = __name__
