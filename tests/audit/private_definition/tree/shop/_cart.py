class _Cart:
    def add(self, item):
        return item
