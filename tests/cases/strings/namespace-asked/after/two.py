from new import New as Old

has = "Old" in globals()
kept = Old
