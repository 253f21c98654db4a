from app.use import Box

class New(Box):
    pass
