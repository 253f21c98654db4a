from new import New

class Child(New):
    kind = New

@New
def decorated(x=New, *, y: New = New) -> New:
    return [New, {New: New}, (New,), New if New else New]

check = lambda z=New: isinstance(z, New)
