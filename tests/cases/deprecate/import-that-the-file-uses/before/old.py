from new import New


def make():
    return New()
