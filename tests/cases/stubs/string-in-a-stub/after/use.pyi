from typing import TypeVar
from new import New

T = TypeVar("T", bound="New")
x: "list[New]"
y = ...  # type: New
