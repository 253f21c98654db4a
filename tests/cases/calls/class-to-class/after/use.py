from new import Make


def run(made: Make):
    return Make.open(1)
