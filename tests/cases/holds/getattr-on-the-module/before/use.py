import app.old

made = getattr(app.old, "Old")()
