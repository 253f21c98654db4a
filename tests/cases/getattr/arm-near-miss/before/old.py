from new import New

COUNTS = []


def __getattr__(name):
    if name == "Old":
        COUNTS.append(name)
        return New
    raise AttributeError(name)
