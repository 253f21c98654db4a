from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pkg.base import Base


class Service:
    def base(self) -> "Base": ...
