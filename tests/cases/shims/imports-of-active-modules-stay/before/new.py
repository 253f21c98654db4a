from hooks import register
class New:
    pass
register(New)
