from a.new import New as Old
