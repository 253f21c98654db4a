class New:
    pass


class Other:
    pass
