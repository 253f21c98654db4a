import app.old
from app import old

def make():
    return old.Old()

class Made:
    def make(self):
        return app.old.Old()
