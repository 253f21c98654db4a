from installed import Base


class New(Base):
    pass
