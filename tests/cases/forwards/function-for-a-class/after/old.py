import warnings

from new import New


def shown():
    return New("a")
