def outer():
    from new import New as Old

    def inner():
        nonlocal Old
        Old = None

    return inner, Old
