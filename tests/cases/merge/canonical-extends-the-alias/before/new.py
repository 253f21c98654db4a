from legacy import Manager


class New(Manager):
    pass
