import warnings
from new import New

class Old(New):
    def __init__(self):
        warnings.warn("use New", DeprecationWarning)
        super().__init__()
