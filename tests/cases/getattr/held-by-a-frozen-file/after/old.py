from new import New


def __getattr__(name):
    if name == "Old":
        return New
    raise AttributeError(name)
