from pkg.new import New as Old
