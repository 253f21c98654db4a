from new import New
Kept = New
