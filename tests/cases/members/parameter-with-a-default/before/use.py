from legacy import Manager


def run(made: Manager = None):
    made = made or Manager()
    made.create()
