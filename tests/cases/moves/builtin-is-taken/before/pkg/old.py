class Service:
    def size(self):
        return len("a")
