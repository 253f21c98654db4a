from legacy import Manager


class Mine(Manager):
    def peek(self): ...
