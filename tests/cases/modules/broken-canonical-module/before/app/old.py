import app.old

MORE = 1
