import json


class Old:
    """Deprecated, use New."""

    def dump(self, value):
        # As text.
        return json.dumps(
            value
        )
