class Service:
    def run(self):
        return helper()


def helper():
    return Service


one = Service()
