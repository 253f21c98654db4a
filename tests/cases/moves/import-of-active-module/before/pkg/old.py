from pkg.base import Base

LIMIT = 3


class Service(Base): ...
