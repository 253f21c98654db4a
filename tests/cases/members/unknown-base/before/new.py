from threading import Thread


class New(Thread):
    def connect(self): ...
