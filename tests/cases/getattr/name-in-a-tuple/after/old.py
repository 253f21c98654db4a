from new import New


def __getattr__(name):
    if name in ("Older",):
        return New
    raise AttributeError(name)
