from app.new import New
KEPT = 1
