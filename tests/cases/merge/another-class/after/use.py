from new import New

def check(thing: New) -> bool:
    return isinstance(thing, New)
