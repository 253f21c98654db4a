"""A harbour with one registry of docks, and eleven names for it and its helpers."""
