from old import Old

Old.registry = {}
