from legacy import New

made = New()
