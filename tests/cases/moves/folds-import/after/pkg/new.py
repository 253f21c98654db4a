class Service:
    pass


default = Service()
