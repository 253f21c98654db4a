def connect(host, secure=False):
    return host, secure
