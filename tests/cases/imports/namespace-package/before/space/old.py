from space.new import New as Old
