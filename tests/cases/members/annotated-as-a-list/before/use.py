from legacy import Manager


def run(made: list[Manager]):
    made[0].create()
