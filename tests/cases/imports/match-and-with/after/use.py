def make(kind, lock):
    match kind:
        case 1:
            from new import New as A
            return A
    with lock:
        from new import New as B
        return B
