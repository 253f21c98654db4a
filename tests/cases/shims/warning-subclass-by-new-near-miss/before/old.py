from warnings import warn
from new import New


class Old(New):
    def __new__(cls, *given, **named):
        warn("use New", DeprecationWarning)
        return super().__new__(cls)
