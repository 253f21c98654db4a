from old import Old

def make(New):
    from old import Old
    return Old(), New

made = Old()
