from legacy import Manager


class Mine(Manager):
    pass


made = Mine()
made.create()
