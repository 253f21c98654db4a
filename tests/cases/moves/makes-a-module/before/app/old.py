from __future__ import annotations

import json


class Thing:
    """A thing."""

    def text(self) -> str:
        return json.dumps({})
