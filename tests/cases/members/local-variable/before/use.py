from legacy import Manager


def run():
    made = Manager()
    return made.create()
