from app.use import LIMIT

class New:
    limit = LIMIT
