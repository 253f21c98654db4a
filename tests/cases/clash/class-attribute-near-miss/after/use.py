from new import New

class Box:
    New = 1

    def make(self):
        return New()
