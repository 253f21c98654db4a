from new import New

made = New()
del New
