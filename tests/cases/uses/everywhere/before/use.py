from old import Old

class Child(Old):
    kind = Old

@Old
def decorated(x=Old, *, y: Old = Old) -> Old:
    return [Old, {Old: Old}, (Old,), Old if Old else Old]

check = lambda z=Old: isinstance(z, Old)
