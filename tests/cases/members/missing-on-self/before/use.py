from legacy import Manager


class Mine(Manager):
    def run(self):
        self.gone()
