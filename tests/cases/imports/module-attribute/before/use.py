import app.old

made = app.old.Old()
