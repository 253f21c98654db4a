from new import New
KEPT = 1; Old = New; LAST = 2
