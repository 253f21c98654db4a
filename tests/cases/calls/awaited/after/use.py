from new import make


async def run():
    return [await make(i) for i in range(3)]
