from new import New as Old

made = Old()
