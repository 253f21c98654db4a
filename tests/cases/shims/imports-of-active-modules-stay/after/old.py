from new import New
KEPT = 1
