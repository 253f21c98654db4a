import warnings
from new import New


class Old(New):
    def __init__(self, size):
        warnings.warn("use New", DeprecationWarning)
        super().__init__(size * 2)
