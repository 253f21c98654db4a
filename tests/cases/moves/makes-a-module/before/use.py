from app.old import Thing

made = Thing()
