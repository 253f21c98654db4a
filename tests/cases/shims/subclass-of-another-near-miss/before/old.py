class Base:
    pass


class Old(Base):
    """Deprecated: use `new.New`."""
