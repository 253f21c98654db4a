from typing import TYPE_CHECKING, Literal, Optional

if TYPE_CHECKING:
    from old import Old

Maybe = Optional["Old"]
Many = dict[str, "Old"]
Word = Literal["Old"]


class Box(list["Old"]):
    pass
