class Service:
    log = __name__
