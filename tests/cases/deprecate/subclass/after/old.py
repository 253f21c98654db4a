import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from new import New as Old


def __getattr__(name: str) -> object:
    if name == "Old":
        from new import New
        warnings.warn("old.Old is deprecated, use new.New", DeprecationWarning, stacklevel=2)
        return New
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
