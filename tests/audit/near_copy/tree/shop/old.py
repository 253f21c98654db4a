class Cart:
    size = 5

    def __init__(self, owner):
        self.owner = owner
        self.items = []

    def add(self, item):
        self.items.append(item)
        return len(self.items)

    def drop(self, item):
        self.items.remove(item)
        return len(self.items)

    def count(self):
        return len(self.items)
