import warnings
from new import New


class Old(New):
    def __init__(self, *given, **named):
        warnings.warn("use New", DeprecationWarning)
        super().__init__(*given, **named)
