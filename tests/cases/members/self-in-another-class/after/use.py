from new import New


class Holder:
    kind = New

    def run(self):
        return self.create()
