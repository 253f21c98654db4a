from new import New

Old = New
