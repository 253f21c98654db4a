from app.use import *

class New:
    limit = limit
