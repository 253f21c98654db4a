"""Brings ships in, through a module and through a fallback."""

import harbor.docks.legacy as legacy
from harbor.docks.fast import FastRegistry  # the fast one


def bring_in(ship, berth):
    registry = FastRegistry(legacy.ManagerMode.OPEN)
    registry.moor(ship, berth)
    return registry


def bring_out(manager: legacy.DockManager, berth):
    return manager.ship_at(berth)
