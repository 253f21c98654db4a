from app.new import New as Old
KEPT = 1
