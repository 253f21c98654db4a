from legacy import NotFound

def fail():
    raise NotFound()
