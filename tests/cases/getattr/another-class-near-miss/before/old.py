def __getattr__(name):
    from new import Other

    if name == "Old":
        return Other
    raise AttributeError(name)
