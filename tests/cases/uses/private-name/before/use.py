from old import __Old

class Box:
    __Old = 1

    def get(self):
        return self.__Old

made = __Old()
