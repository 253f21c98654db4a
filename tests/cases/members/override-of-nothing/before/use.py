from legacy import Manager


class Mine(Manager):
    def gone(self):
        return 1
