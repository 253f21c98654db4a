from typing import TypeAlias
from new import New

Old: TypeAlias = New

def f() -> None: ...
