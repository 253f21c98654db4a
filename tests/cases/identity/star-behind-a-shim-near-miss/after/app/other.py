class Other:
    pass


def turn():
    global Other
    Other = None
