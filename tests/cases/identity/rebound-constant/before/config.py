FLAG = False

def enable():
    global FLAG
    FLAG = True
