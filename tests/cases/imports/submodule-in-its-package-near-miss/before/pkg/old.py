from new import New as Old

KEPT = 1
