MADE = []


class New:
    def __init__(self):
        MADE.append(self)
