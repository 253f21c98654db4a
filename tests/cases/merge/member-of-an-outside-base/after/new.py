from collections import UserDict


class New(UserDict):
    pass
