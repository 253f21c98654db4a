from old import Old

def make():
    global Old
    return Old()
