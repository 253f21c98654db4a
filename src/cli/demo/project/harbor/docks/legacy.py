"""Deprecated: a module that warns and re-exports."""

import warnings

from .registry import DockRegistry as DockManager
from .registry import RegistryMode as ManagerMode

__all__ = ["DockManager", "ManagerMode"]

warnings.warn("harbor.docks.legacy has moved", DeprecationWarning, stacklevel=2)
