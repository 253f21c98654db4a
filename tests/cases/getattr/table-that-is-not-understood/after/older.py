from importlib import import_module

PLACES = {"Old": "old"}


def __getattr__(name):
    if name in PLACES:
        return getattr(import_module(PLACES[name]).Old, name)
    raise AttributeError(name)
