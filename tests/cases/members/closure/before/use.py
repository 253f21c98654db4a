from legacy import Manager


def run(made: Manager):
    return lambda: made.create()
