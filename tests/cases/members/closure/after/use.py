from new import New


def run(made: New):
    return lambda: made.connect()
