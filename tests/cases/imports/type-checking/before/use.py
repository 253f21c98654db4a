from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from old import Old

def take(thing: Old) -> list[Old]: ...
