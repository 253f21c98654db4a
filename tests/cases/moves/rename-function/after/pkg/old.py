def read(depth):
    return read(depth - 1) if depth else None
