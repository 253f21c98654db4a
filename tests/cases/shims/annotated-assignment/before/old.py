from typing import Type
from new import New
KEPT = 1
Old: Type[New] = New
