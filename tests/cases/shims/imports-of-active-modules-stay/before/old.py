from new import New
Old = New
KEPT = 1
