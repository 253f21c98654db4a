from typing import NamedTuple, TypedDict
from old import Old

Row = TypedDict("Row", {"Old": "Old", "many": "list[Old]"}, total=False)
Pair = NamedTuple("Pair", [("Old", "Old"), ("count", int)])
