"""Uses."""
from __future__ import annotations
from old import KEPT, Old

made: Old = Old(), KEPT
