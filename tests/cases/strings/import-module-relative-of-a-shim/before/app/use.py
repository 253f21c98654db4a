from importlib import import_module

made = import_module(".old", package="app").Old()
