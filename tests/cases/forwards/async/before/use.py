from old import dial


async def main():
    return await dial("a")
