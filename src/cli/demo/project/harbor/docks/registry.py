"""The home of the registry: everybody should import it from here."""

from .core import _DockRegistry
from .modes import DockMode as RegistryMode
from .protocol import DockProtocol

DockRegistry = _DockRegistry


class RegistryFactory:
    def build(self, mode=RegistryMode.OPEN):
        return DockRegistry(mode)
