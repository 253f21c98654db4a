class Optional:
    pass
