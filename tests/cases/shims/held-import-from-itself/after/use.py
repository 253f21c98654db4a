from old import Old

def kind
