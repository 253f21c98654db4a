import warnings

import new


def dial(host, port):
    warnings.warn("use connect", DeprecationWarning, stacklevel=2)
    return new.connect(port, host)
