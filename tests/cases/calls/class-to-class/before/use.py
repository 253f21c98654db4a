from legacy import Factory


def run(made: Factory):
    return Factory.create(1)
