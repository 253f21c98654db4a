from legacy import Manager


class Mine(Manager):
    pass
