import json


class Thing:
    pass


text = json.dumps({})
