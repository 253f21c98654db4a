class New:
    def copy(self):
        return New()
