from .users import Users

__all__ = ["Users"]
