from legacy import Manager


class Mine(Manager):
    def run(self):
        self.count = 1
        return self.count
