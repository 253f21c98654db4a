class Service:
    pass


_Impl = Service
