import warnings


class New:
    pass


_RENAMED = {"Old": "New"}


def __getattr__(name):
    if name in _RENAMED:
        warnings.warn(f"{name} is now {_RENAMED[name]}", DeprecationWarning, stacklevel=2)
        return globals()[_RENAMED[name]]
    raise AttributeError(name)
