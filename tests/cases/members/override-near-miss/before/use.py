from legacy import Manager


class Mine(Manager):
    def extra(self):
        return self.extra()
