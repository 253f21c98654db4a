from new import New


class Mine(New):
    def extra(self):
        return self.extra()
