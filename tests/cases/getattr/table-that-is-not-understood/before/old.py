from new import New as Old
