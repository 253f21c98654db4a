from os import path


class Service:
    home = path.curdir
