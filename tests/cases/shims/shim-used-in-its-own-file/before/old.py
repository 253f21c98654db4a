from new import New
Old = New

def make():
    return Old()
