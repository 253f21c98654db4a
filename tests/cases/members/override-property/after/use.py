from new import New


class Mine(New):
    @property
    def connect(self): ...

    @connect.setter
    def connect(self, value): ...
