def __getattr__(name):
    import new
    if name == "Older":
        return new.Other
    elif "Old" == name:
        return new.New
    else:
        raise AttributeError(name)
