"""Others see `BerthBook` here, and no rule declares it: the name stays."""

from .compat import BerthBook

__all__ = ["BerthBook"]
