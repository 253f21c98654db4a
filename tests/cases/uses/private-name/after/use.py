from new import New

class Box:
    __Old = 1

    def get(self):
        return self.__Old

made = New()
