import pkg.base


class Service(pkg.base.Base): ...
