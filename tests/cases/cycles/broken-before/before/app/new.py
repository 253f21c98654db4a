from app.use import made

class New:
    pass
