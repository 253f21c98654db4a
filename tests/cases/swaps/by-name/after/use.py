from pkg.new import New

New()
