from new import New as Old

def make(New):
    return Old(), New
