from pkg.new import New

made = New()
