class New:
    first = True


def make():
    return New()


class New:
    first = False
