import typing as t
from typing import TypeVar as Var, cast as seen_as
from new import New

T = Var("T", "New", int)
N = t.NewType("N", "New")
made = seen_as("list[New]", [])
seen = t.ForwardRef("New")
