class __New:
    pass
