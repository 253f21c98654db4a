import warnings

from new import connect


def dial(*args, **kwargs):
    warnings.warn("use connect", DeprecationWarning, stacklevel=2)
    return connect(*args, **kwargs)
