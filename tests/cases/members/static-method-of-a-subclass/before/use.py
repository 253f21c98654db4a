from legacy import Manager


class Mine(Manager):
    @staticmethod
    def run(made):
        return made.create()
