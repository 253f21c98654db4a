import new

_MOVED = {
    "Old": new.New,
    "Older": new.Other,  # still here
}


def __getattr__(name):
    if name in _MOVED:
        return _MOVED[name]
    raise AttributeError(name)
