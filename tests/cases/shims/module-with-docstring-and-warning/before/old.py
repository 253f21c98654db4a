"""Moved to `new`."""
import warnings

from new import New as Old

__all__ = ["Old"]

warnings.warn("use new.New", DeprecationWarning, stacklevel=2)
