from pkg.old import helper

LIMIT = 3


class Service:
    one = helper()
