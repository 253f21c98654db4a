from typing import TypeVar, cast
from new import New

T = TypeVar("T", bound="New")
made = cast("New", None)
other = cast(New, "Old")
