from new import New

made = New()
made.connect()
