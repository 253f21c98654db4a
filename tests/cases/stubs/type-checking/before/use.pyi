from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from old import Old

class C(Old):
    x: "Old"
