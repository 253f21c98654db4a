import app.other

made = app.other.Old()

def take(app):
    return app.old.Old()
