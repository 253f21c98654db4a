from app.new import New

MORE = 1
