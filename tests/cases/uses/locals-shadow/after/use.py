from new import New

def count():
    Old = 0
    return Old

listed = [Old for Old in "ab"]
made = New()
