import new


def __getattr__(name):
    if name == "Old":
        return new.New
    elif name == "Older":
        return new.Other
    raise AttributeError(name)
