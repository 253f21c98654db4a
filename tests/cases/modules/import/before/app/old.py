from app.new import Thing
