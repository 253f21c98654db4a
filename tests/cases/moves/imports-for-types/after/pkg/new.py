import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pkg.base import Base

LIMIT = re.compile("a")


class Service:
    def base(self) -> "Base": ...
