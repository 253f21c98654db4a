from pkg.base import Base


class Service(Base): ...
