FLAG = False

def enable():
    FLAG = True
    return FLAG
