from new import New

KEEP = 1


def __getattr__(name):
    if name == "Old":
        return New
    raise AttributeError(name)
