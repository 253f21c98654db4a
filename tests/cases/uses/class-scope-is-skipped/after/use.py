from new import New

class Box:
    Old = 1

    def make(self):
        return New()
