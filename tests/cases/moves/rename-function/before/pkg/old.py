def load(depth):
    return load(depth - 1) if depth else None
