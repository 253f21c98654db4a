from new import New as Old

def outer():
    New = 1

    def inner():
        return Old(), New

    return inner
