from new import New


def run(made: New = None):
    made = made or New()
    made.connect()
