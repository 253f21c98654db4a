LIMIT = 1


from new import New


def make():
    return New()
