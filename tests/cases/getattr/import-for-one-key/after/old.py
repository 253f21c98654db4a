from new import Other

_MOVED = {"Older": Other}


def __getattr__(name):
    if name in _MOVED:
        return _MOVED[name]
    raise AttributeError(name)
