from legacy import Manager


class Mine(Manager):
    @property
    def create(self): ...

    @create.setter
    def create(self, value): ...
