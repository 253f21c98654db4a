import warnings
from new import New


class Old(New):
    def __init__(self, *given):
        warnings.warn("use New", DeprecationWarning)
        print("made")
        super().__init__(*given)
