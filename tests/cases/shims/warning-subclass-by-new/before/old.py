from warnings import warn
from new import New


class Old(New):
    def __new__(cls, *given, **named):
        """Warns."""
        warn("use New", DeprecationWarning, stacklevel=2)
        return super().__new__(cls, *given, **named)
