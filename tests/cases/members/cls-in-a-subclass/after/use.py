from new import New


class Mine(New):
    @classmethod
    def run(cls):
        return cls.connect()
