def connect(host, port=1, *rest, secure=False, **more):
    return host, port, rest, secure, more
