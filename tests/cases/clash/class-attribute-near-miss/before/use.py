from old import Old

class Box:
    New = 1

    def make(self):
        return Old()
