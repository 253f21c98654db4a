import app.old

has_old = hasattr(app.old, "Old")
