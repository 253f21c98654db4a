from app.new import Thing
EXTRA = 1
