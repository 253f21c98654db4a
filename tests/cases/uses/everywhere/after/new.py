class New:
    def __init__(self, *given):
        pass
