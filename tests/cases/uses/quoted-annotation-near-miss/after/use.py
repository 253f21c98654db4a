from typing import Annotated, Literal
from new import New

kind: Literal["Old"] = "Old"
named: Annotated[New, "Old"] = New()
data = b"Old", {"Old": 1}
