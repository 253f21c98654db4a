from typing import Optional
from new import New

first: "list[New]" = []
second: Optional["New"] = None
third: r"New" = None
def take(thing: 'New | None') -> """New""": ...
