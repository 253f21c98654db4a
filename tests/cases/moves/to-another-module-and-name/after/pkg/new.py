LIMIT = 3


class Service:
    def copy(self):
        return Service()
