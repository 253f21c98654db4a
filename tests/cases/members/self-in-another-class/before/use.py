from legacy import Manager


class Holder:
    kind = Manager

    def run(self):
        return self.create()
