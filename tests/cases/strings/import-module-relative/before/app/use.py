from importlib import import_module

one = import_module(".old", package="app")
two = import_module(".old", __package__)
three = import_module("..old", package="app.sub")
