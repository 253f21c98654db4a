def __getattr__(name):
    import new

    match name:
        case "Old":
            return new.New
        case "Older":
            return new.Other
        case _:
            raise AttributeError(name)
