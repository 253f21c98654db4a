class New:
    def connect(self): ...

    def __init__(self):
        self.count = 1
