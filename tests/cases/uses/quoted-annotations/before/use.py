from typing import Optional
from old import Old

first: "list[Old]" = []
second: Optional["Old"] = None
third: r"Old" = None
def take(thing: 'Old | None') -> """Old""": ...
