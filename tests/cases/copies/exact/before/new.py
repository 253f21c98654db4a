import json


class New:
    def dump(self, value):
        return json.dumps(value)
