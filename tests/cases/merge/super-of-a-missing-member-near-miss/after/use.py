from new import New


class Mine(New):
    def run(self):
        super().run()
