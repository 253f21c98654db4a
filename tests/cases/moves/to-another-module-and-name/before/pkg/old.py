class Impl:
    def copy(self):
        return Impl()
