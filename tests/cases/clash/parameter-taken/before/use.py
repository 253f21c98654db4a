from old import Old

def make(New):
    return Old(), New
