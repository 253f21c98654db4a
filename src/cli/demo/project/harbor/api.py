"""Swapped names: here `DockManager` is the registry, and `DockRegistry` always raises."""

from harbor.docks.legacy import DockManager, ManagerMode
from harbor.docks.manager import DockManager as DockRegistry
from harbor.docks.registry import DockProtocol


def open_dock() -> DockProtocol:
    return DockManager(ManagerMode.OPEN)


def open_dock_wrongly():
    return DockRegistry()
