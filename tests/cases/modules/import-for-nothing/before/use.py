import app.old
