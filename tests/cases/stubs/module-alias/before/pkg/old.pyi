from pkg.new import New as New
