from app.new import New as Older
