from importlib.util import find_spec

has_old = find_spec("app.old") is not None
