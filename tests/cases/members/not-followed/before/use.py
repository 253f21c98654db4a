from legacy import Manager, find

find().create()


def run(made):
    made.create()
    return Manager
