import typing as t
from typing import TypeVar as Var, cast as seen_as
from old import Old

T = Var("T", "Old", int)
N = t.NewType("N", "Old")
made = seen_as("list[Old]", [])
seen = t.ForwardRef("Old")
