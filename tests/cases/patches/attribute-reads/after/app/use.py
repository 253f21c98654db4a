import app.new
from app import new

def make():
    return new.New()

class Made:
    def make(self):
        return app.new.New()
