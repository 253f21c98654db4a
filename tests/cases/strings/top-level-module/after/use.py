import importlib

one = importlib.import_module("new")
WORD = "old"
