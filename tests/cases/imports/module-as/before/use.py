import app.old as legacy

made = legacy.Old()
