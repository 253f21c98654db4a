from legacy import Manager
from new import New


class Both(Manager, New):
    pass
