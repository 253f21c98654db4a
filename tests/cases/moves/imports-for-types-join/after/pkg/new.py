from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pkg.base import Base, Other


def other(one: "Other"): ...


class Service:
    def base(self) -> "Base": ...
