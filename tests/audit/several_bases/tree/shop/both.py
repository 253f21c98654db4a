class One:
    pass


class Two:
    pass


class Cart(One, Two):
    pass
