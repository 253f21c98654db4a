from legacy import Factory


async def run():
    return [await Factory.create(i) for i in range(3)]
