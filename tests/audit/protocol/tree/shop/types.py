from typing import Protocol


class Cart(Protocol):
    def add(self, item): ...
