import app.legacy

made = app.legacy.Old()
