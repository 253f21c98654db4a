from core.new import New
