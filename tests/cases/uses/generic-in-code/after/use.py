from typing import TYPE_CHECKING, Literal, Optional

if TYPE_CHECKING:
    from new import New

Maybe = Optional["New"]
Many = dict[str, "New"]
Word = Literal["Old"]


class Box(list["New"]):
    pass
