from importlib import import_module

one = import_module(".new", package="app")
two = import_module(".new", __package__)
three = import_module("..new", package="app.sub")
