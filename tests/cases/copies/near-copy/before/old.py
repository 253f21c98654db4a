class New:
    """Deprecated."""

    def run(self):
        return 2
