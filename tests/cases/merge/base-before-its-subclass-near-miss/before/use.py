from legacy import Manager
from new import Special


class Both(Special, Manager):
    pass
