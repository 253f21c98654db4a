from old import Old

def forget():
    global Old
    Old = None

made = Old()
