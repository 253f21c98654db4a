def make():
    from old import Old

    New = Old()
    return New
