from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from app.legacy import Old
LIMIT = 1

def take(thing: "Old"): ...
