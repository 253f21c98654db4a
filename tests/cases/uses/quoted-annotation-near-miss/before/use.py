from typing import Annotated, Literal
from old import Old

kind: Literal["Old"] = "Old"
named: Annotated[Old, "Old"] = Old()
data = b"Old", {"Old": 1}
