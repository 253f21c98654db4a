from new import New as Old

text = f"{Old=}"
