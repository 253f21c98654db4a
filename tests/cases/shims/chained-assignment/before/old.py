from new import New
Kept = Old = New
