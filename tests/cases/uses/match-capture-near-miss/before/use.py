from old import Old

def kind(thing):
    match thing:
        case Old:
            return Old

made = Old
