class New:
    first = 1


class New:
    second = 2
