from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from new import New

class C(New):
    x: "New"
