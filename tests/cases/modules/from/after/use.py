from app.new import Thing, LIMIT  # both

made = Thing(), LIMIT
