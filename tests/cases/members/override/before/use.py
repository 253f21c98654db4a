from legacy import Manager


class Mine(Manager):
    def create(self):
        return super().create()


Mine().create()
