from warnings import warn

import new


def dial(host: str, port: int = 1, *rest, secure: bool = False, **more):
    """Connects."""
    warn("dial is now connect", DeprecationWarning, stacklevel=2)
    return new.connect(host, port, *rest, secure=secure, **more)
