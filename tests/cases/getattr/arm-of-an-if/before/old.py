"""The old place."""

import warnings


def __getattr__(name):
    if name == "Old":
        from new import New

        warnings.warn("use new.New", DeprecationWarning, stacklevel=2)
        return New
    raise AttributeError(name)
