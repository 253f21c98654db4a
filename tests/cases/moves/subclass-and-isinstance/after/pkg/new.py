LIMIT = 3


class Service:
    class Kind: ...
