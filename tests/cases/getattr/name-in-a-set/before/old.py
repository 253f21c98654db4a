from new import New


def __getattr__(name):
    if name in {"Old", "Older"}:
        return New
    raise AttributeError(name)
