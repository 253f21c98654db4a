def __getattr__(name):
    import new

    match name:
        case "Older":
            return new.Other
        case _:
            raise AttributeError(name)
