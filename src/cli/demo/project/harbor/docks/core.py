"""The class that does the work."""


class _DockRegistry:
    def __init__(self, mode=None):
        self.mode = mode
        self._berths = {}

    def moor(self, ship, berth):
        self._berths[berth] = ship

    def ship_at(self, berth):
        return self._berths.get(berth)
