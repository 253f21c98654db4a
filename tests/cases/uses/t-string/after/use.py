from new import New

text = t"Old {New.__name__}"
