from use import Mine


class Far(Mine):
    def run(self):
        return self.gone()
