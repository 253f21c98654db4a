import new


def __getattr__(name):
    if name == "Older":
        return new.Other
    raise AttributeError(name)
