from new import New, Other

_MOVED = {"Old": New, "Older": Other}


def __getattr__(name):
    if name in _MOVED:
        return _MOVED[name]
    raise AttributeError(name)
