import app.old

more = app.old.MORE
