from app.new import New as Old

OTHER = 1
