from legacy import Manager


class Mine(Manager):
    def run(self):
        return super().create()
