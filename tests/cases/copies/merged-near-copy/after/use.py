from new import New

New()
