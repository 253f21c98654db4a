class New:
    TABLE = {}
