from new import New


def run(made: New):
    made.connect()
