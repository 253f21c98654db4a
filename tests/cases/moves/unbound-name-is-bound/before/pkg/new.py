LIMIT = 3


def make():
    return Service()
