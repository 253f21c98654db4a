"""What a dock must be able to do, said twice: the second one counts."""

from typing import Protocol, runtime_checkable


class DockProtocol(Protocol):
    def moor(self, ship): ...


class ProtocolValidator:
    def accepts(self, dock):
        return isinstance(dock, DockProtocol)


@runtime_checkable
class DockProtocol(Protocol):
    def moor(self, ship, berth): ...

    def ship_at(self, berth): ...
