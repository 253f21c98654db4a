from new import New


def run():
    made = New()
    return made.connect()
