count = 0


def more():
    global count
    count = count + 1


class Service:
    def count(self):
        return count
