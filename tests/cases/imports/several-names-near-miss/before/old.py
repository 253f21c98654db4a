from new import New as Old
FIRST, LAST = 1, 2
