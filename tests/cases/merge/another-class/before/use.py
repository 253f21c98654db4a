from legacy import Manager

def check(thing: Manager) -> bool:
    return isinstance(thing, Manager)
