from __future__ import annotations


class Service:
    def copy(self) -> Service: ...
