from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pkg.base import Other


def other(one: "Other"): ...
