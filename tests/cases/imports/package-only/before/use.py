import app

made = app.old.Old()
