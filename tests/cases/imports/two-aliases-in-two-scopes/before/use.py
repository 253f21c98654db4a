from old import Old

def make():
    from old import Older
    return Old(), Older()
