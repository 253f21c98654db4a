import app.old

print(app.old.MORE)
