"""Moved to `new`."""
from new import New as Old
