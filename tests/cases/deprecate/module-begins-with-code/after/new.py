import warnings
from typing import TYPE_CHECKING


class New: ...

if TYPE_CHECKING:
    Old = New


def __getattr__(name: str) -> object:
    if name == "Old":
        warnings.warn("new.Old is deprecated, use new.New", DeprecationWarning, stacklevel=2)
        return New
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
