import importlib
from importlib import import_module as load

one = importlib.import_module("app.old")
two = load(name="app.old")
