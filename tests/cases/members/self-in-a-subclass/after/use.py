from new import New


class Mine(New):
    def run(self):
        return self.connect()
