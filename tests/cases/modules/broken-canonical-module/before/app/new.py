class @New:
    pass
