from .old import Old
