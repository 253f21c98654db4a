import warnings

from new import connect


async def dial(host):
    warnings.warn("use connect", DeprecationWarning, stacklevel=2)
    return await connect(host)
