from typing import TypeVar
from old import Old

T = TypeVar("T", bound="Old")
x: "list[Old]"
y = ...  # type: Old
