LIMIT = 1


class Manager:
    limit = LIMIT


def make():
    return Manager()
