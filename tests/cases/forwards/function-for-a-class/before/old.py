import warnings

from new import New


def make(*args, **kwargs):
    """Deprecated: use New."""
    return New(*args, **kwargs)


def shown():
    return make("a")
