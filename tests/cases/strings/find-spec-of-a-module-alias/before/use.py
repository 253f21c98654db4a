from importlib.util import find_spec

has = find_spec("app.old")
