class Cart:
    wheels = 2

    def pull(self):
        return self.wheels
