from app.old import Thing, LIMIT  # both

made = Thing(), LIMIT
