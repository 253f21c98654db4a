from new import New as Old

def forget():
    global Old
    Old = None

made = Old()
