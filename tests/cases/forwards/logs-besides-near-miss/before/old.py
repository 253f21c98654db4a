import warnings

import new


def dial(*args, **kwargs):
    warnings.warn("use connect", DeprecationWarning, stacklevel=2)
    print("dial")
    return new.connect(*args, **kwargs)
