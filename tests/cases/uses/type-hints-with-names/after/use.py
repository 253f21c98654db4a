from typing import get_type_hints
from new import New as Old


def make(old: "Old"): ...


hints = get_type_hints(make, {"Old": Old})
