from new import New

New.registry = {}
