from new import New as Old

New = Old
