import new

_MOVED = {
    "Older": new.Other,  # still here
}


def __getattr__(name):
    if name in _MOVED:
        return _MOVED[name]
    raise AttributeError(name)
