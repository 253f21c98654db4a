import new


class New(new.New):
    def run(self):
        return super().run() + 1
