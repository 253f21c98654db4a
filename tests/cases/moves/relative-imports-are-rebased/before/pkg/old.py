from .base import Base


class Service(Base):
    pass
