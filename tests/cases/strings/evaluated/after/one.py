from new import New as Old

made = eval("Old()")
