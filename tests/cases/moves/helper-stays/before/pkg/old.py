def helper():
    return 1


class Service:
    one = helper()
