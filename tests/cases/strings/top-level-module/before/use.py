import importlib

one = importlib.import_module("old")
WORD = "old"
