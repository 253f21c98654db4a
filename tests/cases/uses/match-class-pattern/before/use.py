from old import Old

def kind(thing):
    match thing:
        case Old():
            return "old"
        case [Old(), *rest]:
            return rest
