class Users:
    pass
