LIMIT = 3


class Service: ...