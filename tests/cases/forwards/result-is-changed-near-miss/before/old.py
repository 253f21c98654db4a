import warnings

import new


def dial(*args, **kwargs):
    warnings.warn("use connect", DeprecationWarning, stacklevel=2)
    return str(new.connect(*args, **kwargs))
