from legacy import Manager
from new import Special


class Both(Manager, Special):
    pass
