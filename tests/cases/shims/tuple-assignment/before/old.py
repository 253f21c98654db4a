from new import New
Old, KEPT = New, 1
