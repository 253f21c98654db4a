from old import Old

class Box:
    Old = 1

    def make(self):
        return Old()
