from new import New

def take(New):
    return New

made = New()
