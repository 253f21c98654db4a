from old import Old

async def pull(source):
    async for item in source(Old):
        yield Old if await item else (yield_ := Old)
