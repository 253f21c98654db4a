from pkg.base import Base

SIZE = 3


class Service(Base): ...
