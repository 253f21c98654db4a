from base import Base, LIMIT


class Manager(Base):
    pass


limit = LIMIT
