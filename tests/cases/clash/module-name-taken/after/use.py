from new import New as Old

New = 1
made = Old()
