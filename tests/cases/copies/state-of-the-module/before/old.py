MADE = []


class New:
    """Deprecated."""

    def __init__(self):
        MADE.append(self)
