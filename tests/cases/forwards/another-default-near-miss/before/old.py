import warnings

import new


def dial(host, port=2):
    warnings.warn("use connect", DeprecationWarning, stacklevel=2)
    return new.connect(host, port)
