# Licence: none.
LIMIT = 3
# The service.
class Service: ...
