from typing import get_type_hints
from old import Old


def make(old: "Old"): ...


hints = get_type_hints(make, {"Old": Old})
