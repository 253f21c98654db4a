class Service:
    pass
