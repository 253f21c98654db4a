class New:
    create = 1
    connect = 2
