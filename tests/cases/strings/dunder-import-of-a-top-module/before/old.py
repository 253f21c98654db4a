from new import New as Old
OTHER = 1
