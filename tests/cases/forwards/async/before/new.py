async def connect(host):
    return host
