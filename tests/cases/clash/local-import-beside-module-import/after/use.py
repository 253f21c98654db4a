from new import New

def make(New):
    from new import New as Old
    return Old(), New

made = New()
