class Manager:
    pass


def make():
    return Manager()


class Manager:
    pass
