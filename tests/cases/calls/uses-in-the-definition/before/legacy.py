class Factory:
    @classmethod
    def create(cls, ctx):
        return Factory()
