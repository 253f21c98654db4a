"""Uses."""
from __future__ import annotations
from old import KEPT
from new import New

made: New = New(), KEPT
