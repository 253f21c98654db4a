from typing import overload
from old import Old

@overload
def f(x: Old) -> int: ...
@overload
def f(x: type[Old]) -> Old: ...

class C:
    @property
    def Old(self) -> Old: ...
