from new import New as Old

first = Old()
any((Old := item) for item in "ab")
