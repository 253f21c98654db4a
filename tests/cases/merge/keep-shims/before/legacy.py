class Manager:
    pass


def make():
    return Manager()
