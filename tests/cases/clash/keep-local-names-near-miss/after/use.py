from new import New as Thing

made = Thing()
