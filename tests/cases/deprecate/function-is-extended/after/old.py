import warnings
from typing import TYPE_CHECKING


def __getattr__(key):
    """Looks up."""
    if key == "Old":
        from new import New
        warnings.warn("old.Old is deprecated, use new.New", DeprecationWarning, stacklevel=2)
        return New
    raise AttributeError(key)

if TYPE_CHECKING:
    from new import New as Old
