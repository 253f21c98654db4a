from legacy import Manager


class Mine(Manager):
    @classmethod
    def run(cls):
        return cls.create()
