from space.new import New

made = New()
