from core.new import New

made = New()
