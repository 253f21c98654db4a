class Base:
    create = 1


class New(Base):
    pass
