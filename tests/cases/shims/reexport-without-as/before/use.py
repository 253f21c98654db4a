from old import New

made = New()
