from new import New
from new import New as Plain
Old = Plain


def make() -> Old:
    return 1
