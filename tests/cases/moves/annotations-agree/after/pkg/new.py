from __future__ import annotations

LIMIT = 3


class Service:
    def copy(self) -> Service: ...
