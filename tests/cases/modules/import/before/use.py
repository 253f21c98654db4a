import app.old

made = app.old.Thing()
