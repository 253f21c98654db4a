def outer():
    from old import Old

    def inner():
        nonlocal Old
        Old = None

    return inner, Old
