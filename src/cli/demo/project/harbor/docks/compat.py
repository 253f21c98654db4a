"""Two more names of the registry: an assignment, and a subclass without a body."""

from .registry import DockRegistry

BerthBook = DockRegistry


class QuayBook(DockRegistry):
    """Deprecated: use `DockRegistry`."""
