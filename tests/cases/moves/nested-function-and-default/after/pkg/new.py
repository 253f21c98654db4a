from pkg.old import SIZE

LIMIT = 3


class Service:
    def run(self, size=SIZE):
        def inner():
            return SIZE + size
        return inner
