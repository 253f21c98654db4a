SIZE = 3


class Service: ...
