from importlib import import_module

PLACES = {"Other": "pkg.core"}


def __getattr__(name):
    if name in PLACES:
        return getattr(import_module(PLACES[name]), name)
    raise AttributeError(name)
