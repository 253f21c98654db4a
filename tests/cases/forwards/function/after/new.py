def connect(host, port=1):
    return host, port
