from typing_extensions import deprecated

from new import connect


@deprecated("use connect")
def dial(*args, **kwargs):
    return connect(*args, **kwargs)
