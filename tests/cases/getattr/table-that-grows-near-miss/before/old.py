import new

_MOVED = {"Old": new.New}
_MOVED.update(vars(new))


def __getattr__(name):
    if name in _MOVED:
        return _MOVED[name]
    raise AttributeError(name)
