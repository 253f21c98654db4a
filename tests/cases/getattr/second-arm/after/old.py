def __getattr__(name):
    import new
    if name == "Older":
        return new.Other
    else:
        raise AttributeError(name)
