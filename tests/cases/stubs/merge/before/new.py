class New:
    x = 1
