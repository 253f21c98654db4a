from typing import NamedTuple, TypedDict
from new import New

Row = TypedDict("Row", {"Old": "New", "many": "list[New]"}, total=False)
Pair = NamedTuple("Pair", [("Old", "New"), ("count", int)])
