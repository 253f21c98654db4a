import app.old

made = app.old.Old(), app.old.KEPT
