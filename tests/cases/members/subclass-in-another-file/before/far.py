from use import Mine


class Far(Mine):
    def create(self):
        return self.create()
