from typing_extensions import deprecated

from new import New


@deprecated("use New")
class Old(New):
    pass
