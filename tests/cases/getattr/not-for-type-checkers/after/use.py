from new import New

made = New()
