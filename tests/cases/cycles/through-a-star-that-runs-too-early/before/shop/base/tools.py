import names
from shop import Cart


def bag():
    import names
    return names.Bag
