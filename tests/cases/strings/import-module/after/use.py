import importlib
from importlib import import_module as load

one = importlib.import_module("app.new")
two = load(name="app.new")
