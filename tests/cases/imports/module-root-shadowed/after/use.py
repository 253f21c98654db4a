from app.new import New

def make(app):
    return app, New()
