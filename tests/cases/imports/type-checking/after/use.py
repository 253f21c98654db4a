from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from new import New

def take(thing: New) -> list[New]: ...
