from typing import TypeVar, cast
from old import Old

T = TypeVar("T", bound="Old")
made = cast("Old", None)
other = cast(Old, "Old")
