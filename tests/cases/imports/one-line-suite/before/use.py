def make():
    if True: from old import Old
    return Old()
