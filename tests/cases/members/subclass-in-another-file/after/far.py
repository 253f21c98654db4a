from use import Mine


class Far(Mine):
    def connect(self):
        return self.connect()
