import app.old as legacy

def make(app):
    return app, legacy.Old()
