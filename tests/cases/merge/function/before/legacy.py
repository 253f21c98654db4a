LIMIT = 1


def dial():
    return LIMIT
