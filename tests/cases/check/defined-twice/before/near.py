class Near:
    pass


class Near:
    pass
