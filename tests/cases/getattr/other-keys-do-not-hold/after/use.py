from pkg.core.new import New

New()
