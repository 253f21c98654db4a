import new


def __getattr__(name):
    return getattr(new, name)
