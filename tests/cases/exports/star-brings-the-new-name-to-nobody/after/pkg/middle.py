from pkg.new import New
