class Thing:
    pass
LIMIT = 1
