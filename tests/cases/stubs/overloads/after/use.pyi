from typing import overload
from new import New

@overload
def f(x: New) -> int: ...
@overload
def f(x: type[New]) -> New: ...

class C:
    @property
    def Old(self) -> Old: ...
