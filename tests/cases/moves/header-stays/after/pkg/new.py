SIZE = 3


# The service.
class Service: ...
