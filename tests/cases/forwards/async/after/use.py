from new import connect


async def main():
    return await connect("a")
