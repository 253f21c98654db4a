from app.new import New as Old
