from legacy import OldError

def fail():
    raise OldError()
