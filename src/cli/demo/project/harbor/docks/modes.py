"""How a dock works."""

from enum import Enum


class DockMode(Enum):
    OPEN = "open"
    CLOSED = "closed"
