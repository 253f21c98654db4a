try:
    from app.use import made
except ImportError:
    made = None

class New:
    pass
