def __getattr__(name):
    if name == "Late":
        from new import New

        return New
    raise AttributeError(name)
