from new import New


class Mine(New):
    def run(self):
        self.count = 1
        return self.count
