from new import New

async def pull(source):
    async for item in source(New):
        yield New if await item else (yield_ := New)
