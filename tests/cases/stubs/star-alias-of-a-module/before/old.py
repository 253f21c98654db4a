from new import New
Also = New
