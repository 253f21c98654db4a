from new import New as New

made = New(), New()
