class old:
    Old = 1


from . import old
