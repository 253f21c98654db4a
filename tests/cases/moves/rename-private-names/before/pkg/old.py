class Impl:
    __count = 0


print(Impl._Impl__count)
