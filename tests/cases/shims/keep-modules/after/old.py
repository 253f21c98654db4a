"""Moved to `new`."""
