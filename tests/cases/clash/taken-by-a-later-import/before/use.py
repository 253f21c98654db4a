from old import Old

def make():
    return Old(), New()

from other import New
