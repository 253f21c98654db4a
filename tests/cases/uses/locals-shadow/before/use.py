from old import Old

def count():
    Old = 0
    return Old

listed = [Old for Old in "ab"]
made = Old()
