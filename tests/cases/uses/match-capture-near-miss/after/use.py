from new import New

def kind(thing):
    match thing:
        case Old:
            return Old

made = New
