from abc import ABCMeta
from new import New


class Old(New, metaclass=ABCMeta):
    """Deprecated."""
