def make(kind, lock):
    match kind:
        case 1:
            from old import Old as A
            return A
    with lock:
        from old import Old as B
        return B
