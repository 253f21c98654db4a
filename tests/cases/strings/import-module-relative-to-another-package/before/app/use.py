from importlib import import_module

one = import_module(".old", package=__package__)
