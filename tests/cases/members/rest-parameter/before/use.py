from legacy import Manager


def run(*made: Manager):
    made.create()
