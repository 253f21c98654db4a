import pkg.base

LIMIT = 3


class Service(pkg.base.Base): ...
