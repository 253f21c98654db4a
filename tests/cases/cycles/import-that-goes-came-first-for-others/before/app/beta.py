class Beta:
    pass
