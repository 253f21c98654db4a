from new import New

made = New()
made.is_alive()
