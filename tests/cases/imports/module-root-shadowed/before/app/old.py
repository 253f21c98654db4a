from core.new import New as Old
