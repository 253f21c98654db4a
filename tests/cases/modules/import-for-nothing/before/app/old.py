from app.new import New
