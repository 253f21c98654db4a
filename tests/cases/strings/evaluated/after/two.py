from new import New as Old

exec("if Old: made = 1")
