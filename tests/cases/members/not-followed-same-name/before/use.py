from legacy import Manager


def run(made):
    made.same()
    return Manager
