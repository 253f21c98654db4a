LIMIT = 1


class Manager:
    limit = LIMIT


made = Manager()
