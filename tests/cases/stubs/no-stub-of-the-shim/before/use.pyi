from old import Old

x: list[Old]
