from new import New
Also = New
OTHER = 1
