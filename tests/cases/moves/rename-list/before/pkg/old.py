__all__ = ["Impl"]


class Impl:
    pass
