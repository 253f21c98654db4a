from new import New


class Mine(New):
    def connect(self):
        return super().connect()


Mine().connect()
