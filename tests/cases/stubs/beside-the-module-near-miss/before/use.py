from old import Old

def make():
    return Old()
