import nowhere
class Old:
    pass
