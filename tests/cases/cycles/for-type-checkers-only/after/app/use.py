from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from app.new import New
LIMIT = 1

def take(thing: "New"): ...
