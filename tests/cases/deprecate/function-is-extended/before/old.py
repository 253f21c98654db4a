import warnings

from new import New as Old


def __getattr__(key):
    """Looks up."""
    raise AttributeError(key)
