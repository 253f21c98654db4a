class New:
    def run(self):
        return 1
