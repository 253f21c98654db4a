from new import New as Old

Older = Old
